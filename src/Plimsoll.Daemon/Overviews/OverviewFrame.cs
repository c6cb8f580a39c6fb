namespace Plimsoll.Daemon.Overviews;

/// <summary>One overview as it is sent.</summary>
/// <param name="Number">Rises with each.</param>
/// <param name="Taken">Timestamp of the time provider.</param>
/// <param name="Json">UTF-8, one line.</param>
internal sealed record OverviewFrame(long Number, long Taken, byte[] Json);
