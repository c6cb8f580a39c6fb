using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Guarding;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Adds to the end of each attempt what the guard saw it hold.</summary>
internal sealed class MeasuredEnds(IInputSink next) : IInputSink
{
    /// <summary>Set once, before the first attempt starts.</summary>
    public NodeWatch? Watch { get; set; }

    public void Post(Input input) => next.Post(
        input is AttemptEnded ended && Watch?.Finish(ended.Attempt) is { } held
            ? ended with { Report = ended.Report with { Footprint = held, PeakResident = Bytes.Max(ended.Report.PeakResident, held.Peak) } }
            : input);
}
