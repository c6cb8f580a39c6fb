using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Xunit;

namespace Plimsoll.Tests.Engine.Loop;

public sealed class LoopEventSourceTests
{
    [Fact]
    public async Task Each_phase_of_a_turn_tells_how_long_it_took_to_whoever_listens()
    {
        using var listener = new PhaseListener();
        using var rig = new LoopRig();
        rig.Begin();
        rig.Journal.Allow(3);
        StartAttempt start = rig.Executor.Next<StartAttempt>();
        rig.Inputs.Post(new AttemptEnded(start.Attempt, ExitReport.Success));
        await rig.Ended;

        Assert.Superset(new HashSet<string> { "decide", "settle", "submit", "answer" }, listener.Phases.Select(static one => one.Phase).ToHashSet());
        Assert.All(listener.Phases, static one => Assert.InRange(one.Microseconds, 0, 60e6));
        rig.Executor.AssertEmpty();
    }

    private sealed class PhaseListener : EventListener
    {
        public ConcurrentQueue<(string Phase, double Microseconds)> Phases { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Plimsoll-Loop")
            {
                EnableEvents(eventSource, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData is { EventName: "Phase", Payload: [string phase, double microseconds] })
            {
                Phases?.Enqueue((phase, microseconds));
            }
        }
    }
}
