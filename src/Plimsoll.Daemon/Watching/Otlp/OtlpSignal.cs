namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>What is exported; the names are those of the variables and paths of OpenTelemetry.</summary>
internal enum OtlpSignal
{
    Traces,
    Metrics,
    Logs,
}
