// The parts of Apache ECharts that the figures use. A chart or component that is not
// listed here is missing both on the page and in the static drawings.
import * as echarts from 'echarts/core';
import {LineChart, ScatterChart, HeatmapChart} from 'echarts/charts';
import {GridComponent, TooltipComponent, LegendComponent, VisualMapComponent, MarkLineComponent, AriaComponent, DataZoomInsideComponent} from 'echarts/components';
import {SVGRenderer, CanvasRenderer} from 'echarts/renderers';
import {LabelLayout} from 'echarts/features';
echarts.use([LineChart, ScatterChart, HeatmapChart, GridComponent, TooltipComponent, LegendComponent, VisualMapComponent, MarkLineComponent, AriaComponent, DataZoomInsideComponent, SVGRenderer, CanvasRenderer, LabelLayout]);
export {init, getInstanceByDom, version, setPlatformAPI} from 'echarts/core';
