namespace Plimsoll.Daemon.Requests;

/// <summary>A modelled provider to serve, as written on the command line; null = what the kind is known for.</summary>
/// <param name="Kind"><c>anthropic</c>, <c>openai</c>, <c>azure</c> or <c>gemini</c>.</param>
/// <param name="Limits">Amounts by name: <c>rpm</c>, <c>itpm</c>, <c>otpm</c>, <c>tpm</c>, <c>rpd</c>, <c>concurrency</c>; 2M = two million.</param>
/// <param name="Depth">Depth of a bucket or length of a window.</param>
/// <param name="Charging"><c>max</c> or <c>sum</c>.</param>
/// <param name="Oversize"><c>debt</c>, <c>full</c> or <c>refused</c>.</param>
/// <param name="Headers"><c>own</c>, <c>seconds</c>, <c>nonpositive</c>, <c>daily</c> or <c>absent</c>.</param>
/// <param name="Told"><c>enforced</c> or <c>minute</c>: which level the headers tell.</param>
/// <param name="Acceleration"><c>FREE:GROWTH:MINUTES</c>.</param>
/// <param name="FirstToken">Seconds, as <c>MEDIAN</c> or <c>MEDIAN:SIGMA</c> of a log-normal distribution.</param>
/// <param name="Speed">Output tokens per second, likewise.</param>
/// <param name="Output">Output tokens of an answer, likewise.</param>
/// <param name="Faults">Each <c>KIND=SHARE</c>.</param>
/// <param name="Steady">Every request gets the same small answer at once; nothing else counts.</param>
/// <param name="Port">0 = any free one.</param>
public sealed record ModelledProviderRequest(
    string Kind,
    IReadOnlyDictionary<string, string> Limits,
    TimeSpan? Depth,
    string? Charging,
    string? Oversize,
    string? Headers,
    string? Told,
    string? Acceleration,
    string? FirstToken,
    string? Speed,
    string? Output,
    IReadOnlyList<string> Faults,
    TimeSpan? RetryAfter,
    bool Steady,
    long Seed,
    int Port);
