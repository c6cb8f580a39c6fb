using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>The open run that takes single tasks.</summary>
internal sealed class Inbox(RunId run, int count)
{
    /// <summary>Kind of its origin.</summary>
    public const string Kind = "inbox";

    public RunId Run { get; } = run;

    /// <summary>Tasks it has, and the ordinal of the next one.</summary>
    public int Count { get; set; } = count;
}
