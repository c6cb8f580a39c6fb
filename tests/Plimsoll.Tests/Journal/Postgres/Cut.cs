namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>When a connection is cut.</summary>
internal enum Cut
{
    None = 0,

    /// <summary>Nothing of the request arrives.</summary>
    BeforeRequest = 1,

    /// <summary>Half of it arrives.</summary>
    InsideRequest = 2,

    /// <summary>It was carried out, and nobody is told.</summary>
    BeforeAnswer = 3,
}
