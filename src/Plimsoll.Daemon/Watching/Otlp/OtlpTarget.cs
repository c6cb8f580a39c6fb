namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Where one signal goes.</summary>
/// <param name="Headers">Carry secrets: never shown.</param>
/// <param name="Timeout">Of one request.</param>
internal sealed record OtlpTarget(OtlpSignal Signal, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, TimeSpan Timeout)
{
    /// <summary>Bodies are compressed with gzip.</summary>
    public bool Compresses { get; init; }

    /// <summary>The signal as people and labels name it.</summary>
    public string Name => Signal switch { OtlpSignal.Traces => "traces", OtlpSignal.Metrics => "metrics", _ => "logs" };
}
