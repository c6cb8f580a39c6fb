using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads where a secret is found; a secret written down is refused and never repeated.</summary>
internal static class KeyReader
{
    private const string Cure = "Write key: {from: VARIABLE} with an environment variable, or key: {file: PATH} with a file of mode 0600.";

    private static readonly string[] Keys = ["from", "file"];

    public static KeySource? Read(Node node, Scalars scalars)
    {
        if (node.Kind == NodeKind.Scalar && !node.IsNull)
        {
            scalars.Diagnostics.Error(node, null, "a key is never written in the configuration", Cure);
            return null;
        }

        string? variable = null;
        string? file = null;
        foreach (NodeEntry entry in scalars.Mapping(node, "key"))
        {
            switch (entry.Key.Text)
            {
                case "from" when entry.Value.Kind == NodeKind.Scalar && Names.IsVariable(entry.Value.Text):
                    variable = entry.Value.Text;
                    break;
                case "from":
                    scalars.Diagnostics.Error(entry.Value, null, "this cannot be the name of an environment variable", "Write the name of the variable, not the key: {from: ANTHROPIC_API_KEY}.");
                    return null;
                case "file":
                    file = scalars.Text(entry.Value, "file");
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "key", Keys);
                    return null;
            }
        }

        if (variable is null == file is null)
        {
            scalars.Diagnostics.Error(node, null, variable is null ? "the key says neither from nor file" : "the key says both from and file", Cure);
            return null;
        }

        return new KeySource(variable, file);
    }
}
