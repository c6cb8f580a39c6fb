using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Watch.Alerts;
using Plimsoll.Watch.Series;

namespace Plimsoll.Daemon.Watching;

/// <summary>Keeps series and alerts over restarts: two files of the state folder, each replaced as a whole, so that a kill leaves the one before.</summary>
internal sealed class WatchFiles(string stateFolder)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Series => Path.Combine(stateFolder, "series.bin");

    private string Alerts => Path.Combine(stateFolder, "alerts.json");

    /// <summary>The series of the process before; null when there are none, or they are damaged.</summary>
    public SeriesStore? LoadSeries() => Read(Series) is { } record ? SeriesRecord.Restore(record) : null;

    /// <summary>The alerts of the process before; null when there are none, or they are damaged.</summary>
    public AlertMemory? LoadAlerts()
    {
        try
        {
            AlertMemory? memory = Read(Alerts) is { } text ? JsonSerializer.Deserialize(text, WatchJsonContext.Default.AlertMemory) : null;
            return memory is null ? null : new AlertMemory(Known(memory.Active), Known(memory.History), Known(memory.Silences), memory.LastId);
        }
        catch (Exception damaged) when (damaged is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>False when the disk did not take it.</summary>
    public bool SaveSeries(byte[] record) => Replace(Series, record);

    /// <inheritdoc cref="SaveSeries"/>
    public bool SaveAlerts(AlertMemory memory) => Replace(Alerts, JsonSerializer.SerializeToUtf8Bytes(memory, WatchJsonContext.Default.AlertMemory));

    private static ImmutableArray<T> Known<T>(ImmutableArray<T> values) => values.IsDefault ? [] : values;

    private static byte[]? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Replace(string path, byte[] content)
    {
        string draft = path + ".new";
        try
        {
            using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = Private }))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
