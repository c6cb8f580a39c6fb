namespace Plimsoll.Cli.Parsing;

/// <summary>How the service logs.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
