using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Running;

/// <summary>Shows a run to whoever started it; one thread calls.</summary>
internal interface IRunView
{
    void Handle(RunEventView happened);

    /// <summary>About ten times a second.</summary>
    void Tick(Func<ProgressView> progress);

    /// <summary>Says something about the run as a whole, e.g. that it is being stopped.</summary>
    void Say(string message);

    /// <summary>After the last event.</summary>
    void Finish(SummaryView? summary);
}
