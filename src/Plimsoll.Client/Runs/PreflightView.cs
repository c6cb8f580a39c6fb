namespace Plimsoll.Client.Runs;

/// <summary>How many tasks at once the machine's memory carries, judged before anything starts.</summary>
/// <param name="ReserveBytes">Kept for the host.</param>
/// <param name="PerTaskBytes">What the typical (median) task is expected to need.</param>
/// <param name="Origin">Where that is known from: declared, learned, configured or guessed.</param>
/// <param name="Carries">Tasks at once that follow.</param>
/// <param name="Requested">Tasks at once that were asked for; null = as many as fit.</param>
/// <param name="Reduced">True when the request was above that and was reduced to it.</param>
public sealed record PreflightView(
    long TotalBytes,
    long ReserveBytes,
    long PerTaskBytes,
    string Origin,
    int Carries,
    int? Requested,
    bool Reduced);
