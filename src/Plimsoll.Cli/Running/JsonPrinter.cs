using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Running;

/// <summary>Shows a run to programs: an event per line as JSON; the output of tasks stays in its files.</summary>
internal sealed class JsonPrinter(OutputTarget output, OutputTarget error) : IRunView
{
    public void Handle(RunEventView happened) => output.WriteJson(happened, PlimsollJsonContext.Default.RunEventView);

    public void Tick(Func<ProgressView> progress) => output.Flush();

    public void Say(string message)
    {
        error.WriteLine($"plimsoll: {message}");
        error.Flush();
    }

    public void Finish(SummaryView? summary) => output.Flush();
}
