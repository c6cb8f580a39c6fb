using Plimsoll.Plans.Rendering;

namespace Plimsoll.Plans.Mapping;

/// <summary>The replacement strings of GNU parallel and their meaning.</summary>
internal static class MapPlaceholder
{
    private const string WithoutExtension = "map.without_extension";
    private const string FileName = "map.file_name";
    private const string Folder = "map.folder";
    private const string FileNameWithoutExtension = "map.file_name_without_extension";

    /// <summary>Longer ones first, because <c>{/}</c> begins like <c>{//}</c>.</summary>
    public static readonly (string Token, string Value)[] All =
    [
        ("{/.}", FileNameWithoutExtension),
        ("{//}", Folder),
        ("{}", DocumentFields.MapItem),
        ("{.}", WithoutExtension),
        ("{/}", FileName),
        ("{#}", DocumentFields.MapNumber),
    ];

    public static bool OccursIn(string argument) => Array.Exists(All, one => argument.Contains(one.Token, StringComparison.Ordinal));

    public static string Apply(string value, string item) => value switch
    {
        WithoutExtension => CutExtension(item),
        FileName => Name(item),
        Folder => FolderOf(item),
        FileNameWithoutExtension => CutExtension(Name(item)),
        _ => item,
    };

    // As GNU parallel: s:\.[^/.]*$::
    private static string CutExtension(string path)
    {
        int dot = path.LastIndexOf('.');
        return dot >= 0 && dot > path.LastIndexOf('/') ? path[..dot] : path;
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string FolderOf(string path) => path.LastIndexOf('/') switch
    {
        < 0 => ".",
        0 => "/",
        int slash => path[..slash],
    };
}
