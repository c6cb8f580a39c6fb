namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>How limits are enforced.</summary>
/// <param name="Depth">Depth of a bucket or length of a window, 1 ms to 60 s; 60 s, 10 s and 1 s are the cases of interest.</param>
/// <param name="Windowed">Fixed windows (Azure) instead of continuous refill (Anthropic, OpenAI).</param>
/// <param name="Told">Which level the headers tell.</param>
public sealed record QuotaShape(TimeSpan Depth, bool Windowed, OversizePolicy Oversize, HeaderLevel Told = HeaderLevel.Enforced)
{
    private static readonly TimeSpan Shallowest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Deepest = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with the numbers; empty = nothing.</summary>
    public IEnumerable<string> Problems()
    {
        if (Depth < Shallowest || Depth > Deepest)
            yield return $"bucket depth: {Depth.TotalSeconds} s; it must be from 0.001 to 60";
    }
}
