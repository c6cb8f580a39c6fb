namespace Plimsoll.Client.Projects;

/// <summary>What <c>doctor</c> found out about this machine and project.</summary>
public sealed record DoctorView(IReadOnlyList<DoctorCheckView> Checks);
