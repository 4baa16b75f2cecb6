package sections

func init() { register("figure-b1", figureB1) }

// figureB1 is Figure 2 with the second network.
func figureB1(a *Ask) Draw { return figure2(a.of(a.Second())) }
