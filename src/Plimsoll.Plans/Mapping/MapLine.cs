namespace Plimsoll.Plans.Mapping;

/// <summary>One item of a map.</summary>
/// <param name="Number">What <c>{#}</c> stands for, from 1; also the task's name. A resumed map leaves numbers out.</param>
/// <param name="Text">What <c>{}</c> stands for.</param>
public readonly record struct MapLine(long Number, string Text);
