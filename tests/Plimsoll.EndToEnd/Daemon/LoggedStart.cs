namespace Plimsoll.EndToEnd.Daemon;

/// <summary>An attempt that began, as it wrote itself.</summary>
/// <param name="Supervisor">Process number of its parent.</param>
internal sealed record LoggedStart(string Task, long Fence, int Supervisor)
{
    /// <summary>Whether its supervisor lives; numbers are not used again within a test.</summary>
    public bool IsSupervised => File.Exists($"/proc/{Supervisor}/cmdline")
        && File.ReadAllText($"/proc/{Supervisor}/cmdline").Contains("plimsoll-attempt", StringComparison.Ordinal);
}
