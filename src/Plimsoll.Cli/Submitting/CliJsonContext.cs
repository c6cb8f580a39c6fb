using System.Text.Json.Serialization;

namespace Plimsoll.Cli.Submitting;

/// <summary>Source-generated JSON of the values of options.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
