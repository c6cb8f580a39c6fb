using Plimsoll.Client.Plans;

namespace Plimsoll.Daemon.Requests;

/// <summary>Why a request was not carried out: what is wrong with the value found, and what to change.</summary>
/// <param name="Diagnostics">Every finding, when a plan or a configuration is at fault.</param>
public sealed record Refusal(
    ExitCode Code,
    string Message,
    string? Cure,
    IReadOnlyList<DiagnosticView> Diagnostics)
{
    public Refusal(ExitCode code, string message, string? cure = null)
        : this(code, message, cure, [])
    {
    }

    /// <summary>True when what was asked about does not exist.</summary>
    public bool IsMissing { get; init; }

    /// <summary>What was asked about does not exist.</summary>
    public static Refusal Missing(string message, string? cure) => new(ExitCode.Invalid, message, cure) { IsMissing = true };
}
