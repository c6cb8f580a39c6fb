using Plimsoll.Client.Plans;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>An accepted plan: durable, and never lost from now on.</summary>
internal sealed record SubmittedRun(RunId Run, string Name, int Tasks, IReadOnlyList<DiagnosticView> Warnings, bool Repeated);
