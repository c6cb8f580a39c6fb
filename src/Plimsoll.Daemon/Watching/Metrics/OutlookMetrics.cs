using Plimsoll.Client.Watching;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Metrics of what is to be expected and advised; Kubernetes' HPA and KEDA read them through Prometheus.</summary>
internal sealed class OutlookMetrics(Func<ForecastView?> forecast, Func<ScalingView?> scaling)
{
    public void Add(PictureMeter meter)
    {
        meter.Gauge("plimsoll.queue.drain", "s", "Forecast of the time until the queue is empty.", _ => forecast()?.DrainSeconds);
        meter.Gauge("plimsoll.scaling.nodes.desired", "{node}", "Nodes that there should be.", _ => scaling()?.DesiredNodes);
        meter.Gauge("plimsoll.scaling.nodes.up", "{node}", "Nodes that are up.", _ => scaling()?.Nodes);
        meter.Gauge("plimsoll.scaling.nodes.pinned", "{node}", "Nodes that hold work which cannot move.", _ => scaling()?.PinnedNodes);
        meter.Gauge("plimsoll.scaling.ready", "{task}", "Tasks that more nodes could start.", _ => scaling()?.Ready);
    }
}
