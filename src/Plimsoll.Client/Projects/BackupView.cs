namespace Plimsoll.Client.Projects;

/// <summary>What <c>backup</c> wrote.</summary>
/// <param name="File">Where it is, an absolute path.</param>
public sealed record BackupView(string File, long Bytes);
