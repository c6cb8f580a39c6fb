namespace Plimsoll.Daemon.OpenApi;

/// <summary>A parameter of a query.</summary>
/// <param name="Type">A type of JSON Schema.</param>
internal sealed record ApiQuery(string Name, string Type, string Description);
