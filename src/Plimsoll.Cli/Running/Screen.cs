using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Running;

/// <summary>Keeps printed lines and the live view from writing into each other.</summary>
/// <param name="live">Whether a live view is drawn on standard error.</param>
internal sealed class Screen(OutputTarget output, OutputTarget error, bool live)
{
    private const double FirstShownAfterSeconds = 0.3;

    private readonly LiveRegion _region = new(error);

    public bool IsLive => live;

    /// <summary>Standard output, ready to be written to.</summary>
    public OutputTarget Out
    {
        get
        {
            if (output.IsTerminal)
                _region.Erase();
            return output;
        }
    }

    /// <summary>Standard error, ready to be written to.</summary>
    public OutputTarget Error
    {
        get
        {
            _region.Erase();
            return error;
        }
    }

    /// <summary>Lets what was printed be seen, and draws the live view below it.</summary>
    public void Refresh(Func<ProgressView> progress)
    {
        output.Flush();
        error.Flush();
        if (!live)
            return;

        ProgressView now = progress();
        if (now.ElapsedSeconds > FirstShownAfterSeconds)
            _region.Show(LiveView.Lines(now, error));
    }

    /// <summary>Takes the live view away for good.</summary>
    public void Close()
    {
        _region.Erase();
        output.Flush();
        error.Flush();
    }
}
