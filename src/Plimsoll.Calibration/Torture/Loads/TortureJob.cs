namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>One job of a load.</summary>
/// <param name="Number">From 0, unique in its load.</param>
/// <param name="Class">Jobs of one class behave alike.</param>
/// <param name="Script">Shell lines that are the job; they may use <c>$JOB</c>, an empty folder of its own.</param>
/// <param name="PeakBytes">Most it holds; an estimate for real programs.</param>
/// <param name="ByteSeconds">Memory times time; 0 = not known.</param>
/// <param name="Seconds">Life when nothing is in its way; 0 = not known.</param>
internal sealed record TortureJob(int Number, string Class, string Script, long PeakBytes, double ByteSeconds, double Seconds);
