namespace Plimsoll.Cli.Top;

/// <summary>A task that can be selected.</summary>
internal readonly record struct TopTask(string Id, string Name);
