namespace Plimsoll.Client.Projects;

/// <summary>One check of <c>doctor</c>.</summary>
/// <param name="Status"><c>ok</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Cure">What to do about it.</param>
public sealed record DoctorCheckView(string Name, string Status, string Detail, string? Cure);
