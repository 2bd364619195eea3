// Package terraform reads Terraform and OpenTofu configuration (.tf, .tofu and
// their JSON forms) and evaluates it as Terraform would before an apply: what
// Terraform does not know then is unknown here too, and never a fault.
//
// [Parse] reads one file. [Assemble] finds the roots of the workspace, loads
// what they call and writes one document per instance of a managed resource and
// of a module call. Evaluation is on demand and memoised: start with evaluator
// and instance. Values are cty values; marks carry what they refer to and where
// they were written.
//
// # Input
//
// Document.Kind is the resource type, or "module" for a call. Document.Name is
// the address of the block in its module, without module path and instance
// keys: instances that fail for one cause, the block itself, are one finding. A
// policy whose finding has its cause in a module call names that in the message
// and the key. Policies see
//
//	kind, name, key, address   aws_db_instance, main, "legacy", module.data.aws_db_instance.main["legacy"]
//	configuration              the address without keys
//	ref                        name of the document for related locations
//	mode                       managed
//	root, module, target       infra/live, module.data ("" in the root), stem of the file of values ("" without one)
//	profile                    production, staging or development
//	instances                  known, or unknown for the placeholder of an unknown count or for_each
//	provider                   {name, alias, region, version, tags: those it gives to all its resources}
//	config                     the arguments; nested blocks are always arrays of objects; null and unknown members are left out
//	unknown                    [path]: a path to a list of blocks means "may or may not be there"
//	candidates                 [{path, values}]: all values that an unknown one may turn out to have; null for "not set"
//	sensitive                  [path]
//	references                 [{path, to: [instance address], attribute}]
//	origins                    [{path, kind: default, file or call, name: "var.x", ref, call: ref of the call or ""}]
//	calls                      [ref]: the module calls that lead here, from the root inward
//	meta                       {ignore_changes, prevent_destroy}
//
// Paths start below config; an item of a list that is unknown keeps its index
// and stands in config as the text its author wrote.
//
// The group's data is
//
//	inventory.terraform.by_kind[kind] = [input]   of all roots
//	inventory.terraform.by_target[root][target][kind] = [input]   what is applied together
//	inventory.terraform.roots[root]   = {kind: deployment or library, remote_variables, example, incomplete,
//	                                     required_providers, unresolved_modules: [{address, source, references, target}]}
//
// With remote_variables a service (HCP Terraform) keeps the values of the root's
// variables, so that a default says little. Every module call that is not in the workspace is in unresolved_modules with
// the addresses that it is given: what they do to these resources is open.
package terraform
