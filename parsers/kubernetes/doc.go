// Package kubernetes reads Kubernetes manifests, YAML and JSON, and joins them
// into applications. Start with [Parse], then [Assemble].
//
// # Names
//
// Document.Kind is the object's kind. Document.Name is Kind "/" namespace "/"
// name, or Kind "/" name if metadata.namespace is unset or empty:
// "Deployment/shop/orders", "Deployment/orders". Without metadata.name it is
// metadata.generateName, and without that "unnamed". Names are spelt as written,
// placeholders included. Every map below is keyed by Document.Name; an object
// to which an entry does not apply simply has no key, and an array with no
// element is left out, so ask with object.get(…, []) or iterate with some … in.
//
// # Groups
//
// All manifests of the workspace join with each other, except twins: two
// places that hold the same object (deploy/staging and deploy/production,
// install.yaml and install-ha.yaml) are alternatives and never see each other.
// Kinds of which one is often given beside each part of an application
// (Namespace, ServiceAccount, NetworkPolicy, …) do not make their places twins.
// Documents that see the same others form one group. An object that several
// visible alternatives hold is given once, from the nearest place.
//
// In a workspace that is a heap of alternatives (more than a million objects to
// list) a group's inventory, kinds and secrets hold its own documents only; the
// joins are complete all the same.
//
// Files that a kustomization lists as patches, kustomizations themselves and
// Skaffold configurations are no documents, nor are fragments: objects with a
// $patch key, workloads in which no container has an image, autoscalers without
// a target, budgets without selector and budget. Nothing is built: a base is
// judged as it stands, and joins.completed_by tells what overlays set. Helm
// charts are not rendered; each is one notice.
//
// Files in folders of test data below the base are left out; one notice tells
// how many. An object of a file whose top says that it is generated and not to
// be edited is judged as it stands there, but its nodes, and its Document.Name,
// are those of the object that it was made of, as far as they are the same.
//
// # Data
//
// Group.Data has these keys. Numbers are plain; what is unknown (a placeholder
// such as ${REPLICAS}) is absent and its "known" is false.
//
//	inventory: {                                # what the group's documents see, themselves included
//	  cluster:   {apiVersion: {kind: {name: OBJECT}}},
//	  namespace: {namespace or "": {apiVersion: {kind: {name: OBJECT}}}},
//	}                                           # OBJECT is the manifest as written
//	outside: {cluster: {}, namespace: {}}       # same layout; empty for plain manifests, whose inventory is already the workspace
//	environment: {NAME: "nonproduction"}        # absent = production; by namespace, a folder, a label of the environment, or a name with "test"
//	joins: {
//	  # --- keyed by a workload's name ------------------------------------------------------------
//	  services_of: {NAME: [{                    # Services whose selector meets the pod template
//	    ref, name, namespace, type,             # type defaults to "ClusterIP"; namespace "" if unset
//	    headless: bool, publish_not_ready: bool,
//	    ports: [{index, name, port, target_port, protocol, known}],
//	                                            # name "" if unset; target_port number or string, defaults to port;
//	                                            # port and target_port are absent when unknown (known: false)
//	  }]},
//	  autoscalers_of: {NAME: [{                 # HorizontalPodAutoscaler, ScaledObject, VerticalPodAutoscaler (not Off, Initial)
//	    ref, kind, name, namespace,
//	    scales: "replicas" | "requests",        # "requests" only for VerticalPodAutoscaler
//	    minimum, maximum, known: bool,          # defaults applied (HPA min 1; ScaledObject 0 and 100); known: both are; absent for VPA
//	    paused: bool,                           # KEDA's paused or paused-replicas annotation
//	  }]},
//	  budgets_of: {NAME: [{                     # PodDisruptionBudgets that select the pods
//	    ref, name, namespace,
//	  }]},
//	  effective_minimum: {NAME: {               # also of a PodDisruptionBudget: the sum over the workloads that it selects
//	    known: bool, value: number,             # value only if known
//	    by: "autoscaler" | "replicas" | "default" | "overlay" | "sum",
//	    ref,                                    # document that decides: the workload or its autoscaler; absent for "overlay", "sum"
//	    path: [...],                            # place in that document: ["spec", "minReplicas"], ["spec", "replicas"], or ["spec"] if unset
//	  }},                                       # no entry for DaemonSet, Pod, Job, CronJob, Knative Service, and for budgets that
//	                                            # select nothing; a Deployment that a Rollout refers to has the Rollout's
//	  claims_of: {NAME: [{                      # volumes of the pod template that are PersistentVolumeClaims
//	    index,                                  # of the volume in the pod spec's volumes
//	    claim, ref,                             # ref absent if no such claim is in sight
//	    access_modes: [string], known: bool,    # known: the claim was found and its modes are plain
//	  }]},
//	  limit_ranges_of: {NAME: [{ref, name, resources: ["cpu", "memory", …]}]},
//	                                            # LimitRanges (type Container) of the namespace and what they give a default for
//	  requests_set: {NAME: true},               # a VerticalPodAutoscaler sets requests (any mode but Off)
//	  replicas_ignored: {NAME: true},           # an Argo CD Application ignores differences in /spec/replicas
//	  completed_by: {NAME: [{                   # kustomizations that change the object
//	    file,                                   # path of the kustomization
//	    paths: ["spec.replicas", "spec.template.spec.containers.readinessProbe", …],
//	  }]},                                      # dotted keys that its patches and replicas set; of items of sequences the name
//	                                            # stands in braces ("spec.template.spec.containers.{api}.image"), others are
//	                                            # skipped over: then it may be any item.
//	                                            # A key that is set there is not missing, and a value below it is not final.
//
//	  # --- keyed by an autoscaler's name (HorizontalPodAutoscaler, ScaledObject, VerticalPodAutoscaler) -----
//	  targets_of: {NAME: [WORKLOAD]},           # what it scales
//	  missed_target_of: {NAME: {                # only if the target is known, was found nowhere, and no file that may hold
//	                                            # it was unreadable
//	    kind, name,
//	    kind_present: bool,                     # the workspace holds some object of the target's kind
//	    same_name:  [{ref, kind, namespace}],   # workloads of that name with another kind or namespace
//	    nearest:    [{ref, kind, name}],        # at most one workload of that kind whose name is one slip away
//	    installs:   bool,                       # something beside it may make workloads that are in no file: a Helm release,
//	                                            # values for a chart that is not there, a custom resource of unknown kind
//	  }},
//
//	  # --- keyed by the name of a PodDisruptionBudget or Service ---------------------------------
//	  workloads_of: {NAME: [WORKLOAD]},         # whose pods its selector meets
//
//	  # --- keyed by a ConfigMap's name ------------------------------------------------------------
//	  users_of: {NAME: [{ref, kind, via: "envFrom" | "env" | "volume"}]},
//
//	  # --- of the group as a whole -----------------------------------------------------------------
//	  secrets: {name: true},                    # names of Secrets, SealedSecrets and ExternalSecrets in sight
//	  replaced_images: {image: file},           # image names (no tag) that a kustomization or Skaffold replaces
//	  kinds: {kind: count},                     # of objects in sight
//	  custom_kinds: [kind],                     # kinds in sight that opslint does not know: they may create pods
//	  unreadable: [file],                       # files in sight in which an autoscaler, budget or LimitRange may be that could
//	                                            # not be read: what is absent may be there
//	  charts: [directory],                      # Helm charts of the workspace; they are not rendered
//	}
//
// WORKLOAD is {ref, kind, name, namespace, effective_minimum: as above (absent
// for a DaemonSet …), services: entries as in services_of, nonproduction: bool,
// object: OBJECT}.
//
// A "ref" is a key of Group.Refs: the Document.Name, or, where two visible
// alternatives hold objects of one name, the name and the file.
package kubernetes
