using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Client.Events;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Streaming;

/// <summary>Something that happened in the service, with its place in the order of events.</summary>
/// <param name="number">From 1, without gaps.</param>
/// <param name="task">Which task it is about; null = a run or the service.</param>
internal sealed class ServiceEvent(long number, RunEventView view, TaskId? task)
{
    private byte[]? json; // written by whichever subscriber needs it first; twice does no harm

    public long Number { get; } = number;

    public RunEventView View { get; } = view;

    public TaskId? Task { get; } = task;

    /// <summary>The document, rendered once for all subscribers.</summary>
    public byte[] Json => json ??= JsonSerializer.SerializeToUtf8Bytes(View, PlimsollJsonContext.Default.RunEventView);
}
