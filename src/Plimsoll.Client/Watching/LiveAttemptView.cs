namespace Plimsoll.Client.Watching;

/// <summary>An attempt that is alive. What could not be read is null.</summary>
/// <param name="Task">Id of its task, <c>12.345</c>.</param>
/// <param name="State"><c>starting</c>, <c>running</c>, <c>frozen</c> or <c>ending</c>.</param>
/// <param name="PredictedBytes">What its class is expected to hold at its peak.</param>
/// <param name="LimitBytes">The memory it declared.</param>
/// <param name="SilentSeconds">Since it last wrote to its output or spoke to a model.</param>
/// <param name="Tokens">Of models, in and out.</param>
public sealed record LiveAttemptView(
    string Task,
    int Number,
    string Name,
    string Class,
    int Node,
    string State,
    DateTimeOffset AdmittedAt,
    double Seconds,
    long? ResidentBytes,
    long? PredictedBytes,
    long? LimitBytes,
    double? CpuSeconds,
    double? SilentSeconds,
    long Tokens);
