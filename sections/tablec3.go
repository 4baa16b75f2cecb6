package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("table-c3", tableC3) }

// tableC3 is calibration on the test images, before and after temperature scaling.
func tableC3(a *Ask) Draw {
	const before, after = "Uncalibrated", "With temperature scaling"
	g := a.newGrid("table-c3", "Loss", []report.Column{
		{ID: "nll", Label: "NLL", Group: before, Decimals: 3, Better: "lower"},
		{ID: "ece", Label: "ECE", Unit: "%", Group: before, Decimals: 2, Better: "lower"},
		{ID: "nll_scaled", Label: "NLL", Group: after, Decimals: 3, Better: "lower"},
		{ID: "ece_scaled", Label: "ECE", Unit: "%", Group: after, Decimals: 2, Better: "lower"},
		{ID: "temperature", Label: "Temperature", Group: after, Decimals: 2},
	})
	g.table.Notes = append(a.counted("Scores are on %d test images.", data.Test), a.counted("Temperatures are fitted on %d validation images.", data.Validation)...)
	for _, o := range a.calibrated() {
		task := a.calibration(a.trained(o))
		read := func(value func(predict.CalibrationResult) float64, scaled bool) Measure {
			return measure(a, a.Preset.Seeds, task, func(v predict.CalibrationResult) (float64, error) {
				if err := diverged(v.Diverged); err != nil {
					return 0, err
				}
				if scaled && v.Temperature.Border {
					return 0, missing("the validation images determine no temperature")
				}
				return value(v), nil
			})
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID,
			read(func(v predict.CalibrationResult) float64 { return v.Before.NLL }, false),
			read(func(v predict.CalibrationResult) float64 { return 100 * v.Before.ECE }, false),
			read(func(v predict.CalibrationResult) float64 { return v.After.NLL }, true),
			read(func(v predict.CalibrationResult) float64 { return 100 * v.After.ECE }, true),
			read(func(v predict.CalibrationResult) float64 { return v.Temperature.T }, true))
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
