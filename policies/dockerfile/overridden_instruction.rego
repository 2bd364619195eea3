# METADATA
# title: Instruction without effect
# description: |
#   Of several CMD, ENTRYPOINT or HEALTHCHECK instructions in a stage only the last counts. The earlier ones look as if they
#   did something; usually somebody wanted two processes, or forgot one when pasting.
#
#   What counts: instructions of the final stage itself. Replacing what an earlier stage or the base image set is normal
#   and not reported.
# custom:
#   id: dockerfile/overridden-instruction
#   severity: warning
#   clauses: [OPS-9.3]
#   kinds: [image]
#   remedy: remove the earlier instruction
package opslint.rules.dockerfile.overridden_instruction

import data.opslint.lib.dockerfile

subject contains ["image"] if dockerfile.image

deny contains finding if {
	some keyword in ["CMD", "ENTRYPOINT", "HEALTHCHECK"]
	places := _places(keyword)
	last := max(places)
	some place in places
	place < last

	finding := {
		"msg": sprintf("%s has no effect: a later %s of the stage replaces it", [keyword, keyword]),
		"path": _path(place),
		"subject": ["image"],
		"related": [{"ref": input.name, "path": _path(last), "msg": "this one counts"}],
	}
}

_places(keyword) := [index |
	some index, instruction in input.stages[_stage].instructions
	instruction.instruction == keyword
]

_path(index) := ["stages", _stage, "instructions", index, "instruction"]

_stage := dockerfile.image.stage.index
