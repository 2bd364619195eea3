package opslint.lib.joins_test

import data.opslint.lib.joins

_doc := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders"}, "spec": {"replicas": 2}}

test_takes_what_is_given if {
	joins.services_of(_doc) == ["entry"] with data.joins as {"services_of": {"Deployment/orders": ["entry"]}}
	joins.services_of(_doc) == [] with data.joins as {}
	joins.effective_minimum_of(_doc).value == 5 with data.joins as {"effective_minimum": {"Deployment/orders": {"value": 5}}}
	not joins.effective_minimum_of(_doc) with data.joins as {} with data.inventory as {"namespace": {}}
	joins.defaulted_resources_of(_doc) == {"cpu"} with data.joins as {"limit_ranges_of": {"Deployment/orders": [{"resources": ["cpu"]}]}}
}

test_computes_what_is_not_given if {
	joins.effective_minimum_of(_doc).value == 2 with data.inventory as {"namespace": {}}
	joins.services_of(_doc) == [] with data.inventory as {"namespace": {}}
}

test_has_nothing_without_either if {
	joins.services_of(_doc) == []
	joins.autoscalers_of(_doc) == []
	joins.budgets_of(_doc) == []
	joins.completed_by(_doc) == []
	joins.charts == []
	not joins.complete
}

test_knows_what_is_complete if {
	joins.complete with data.joins as {}
	joins.complete with data.joins as {"unreadable": []}
	joins.complete with data.inventory as {"namespace": {}}
	not joins.complete with data.joins as {"unreadable": ["hpa.yaml"]}
}
