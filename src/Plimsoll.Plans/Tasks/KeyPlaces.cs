namespace Plimsoll.Plans.Tasks;

/// <summary>Where a key of a task may be written.</summary>
[Flags]
internal enum KeyPlaces
{
    Task = 1,
    Defaults = 2,
    Template = 4,
    Everywhere = Task | Defaults | Template,
}
