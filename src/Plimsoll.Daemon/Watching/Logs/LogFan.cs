using Plimsoll.Client.Services;
using Plimsoll.Daemon.Watching.Otlp;

namespace Plimsoll.Daemon.Watching.Logs;

/// <summary>Hands each line to everyone who keeps the log: standard error, a collector, or both. Never waits; any thread.</summary>
internal sealed class LogFan(ServiceLog? own, OtlpQueue<Func<LogLineView>>? collector, TimeProvider time)
{
    public void Add(Func<LogLineView> line)
    {
        own?.Add(line);
        collector?.Add(line);
    }

    /// <inheritdoc cref="Add"/>
    /// <remarks>The first that is left out when there is too much.</remarks>
    public void AddMinor(Func<LogLineView> line)
    {
        own?.AddMinor(line);
        collector?.Add(line);
    }

    /// <summary>Something the operator should know; standard error has it from the command line already.</summary>
    public void Notice(string message)
    {
        DateTimeOffset at = time.GetUtcNow();
        collector?.Add(() => new LogLineView(at, "warning", "notice", message));
    }

    /// <summary>A request was not answered as asked.</summary>
    public void Refused(string method, string path, int status)
    {
        DateTimeOffset at = time.GetUtcNow();
        AddMinor(() => new LogLineView(at, "warning", "request.refused", $"{method} {(path.Length > 200 ? path[..200] + "…" : path)} was answered with {status}"));
    }
}
