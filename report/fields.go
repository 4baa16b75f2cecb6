package report

// fieldDifference is a field that two values do not share; Was or Is is empty where one
// of them lacks it.
type fieldDifference struct{ Name, Was, Is string }

// fieldDifferences lists the fields in which two flattened values differ, in the order
// of the first.
func fieldDifferences(was, is []factView) []fieldDifference {
	after := make(map[string]string, len(is))
	for _, f := range is {
		after[f.Name] = f.Value
	}
	var out []fieldDifference
	before := make(map[string]bool, len(was))
	for _, f := range was {
		before[f.Name] = true
		if now, ok := after[f.Name]; !ok || now != f.Value {
			out = append(out, fieldDifference{f.Name, f.Value, now})
		}
	}
	for _, f := range is {
		if !before[f.Name] {
			out = append(out, fieldDifference{Name: f.Name, Is: f.Value})
		}
	}
	return out
}
