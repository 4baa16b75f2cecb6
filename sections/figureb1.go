package sections

import "lossxfer-report/compute"

func init() { register("figure-b1", figureB1) }

// figureB1 is Figure 2 with the second network.
func figureB1(a *Ask) Draw {
	draw := figure2(a.of(a.Second()))
	return func(r *compute.Results) (Drawing, error) {
		d, err := draw(r)
		if err == nil {
			f := d.Artifacts[0].Figure
			f.Notes = append(f.Notes, a.networkNote())
		}
		return d, err
	}
}
