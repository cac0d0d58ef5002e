using System.Text;

namespace DualDb.Caching;

/// <summary>Reads a list of names in SQL, quoted where they need it: <c>id, "Weird, name"</c>.</summary>
internal static class SqlNames
{
    public static IReadOnlyList<string> Split(string list)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < list.Length; index++)
        {
            switch (list[index])
            {
                case '"' when isQuoted && index + 1 < list.Length && list[index + 1] == '"':
                    name.Append('"');
                    index++;
                    break;

                case '"':
                    isQuoted = !isQuoted;
                    break;

                case ',' when !isQuoted:
                    names.Add(name.ToString());
                    name.Clear();
                    break;

                case ' ' when !isQuoted:
                    break;

                case var character:
                    name.Append(character);
                    break;
            }
        }

        names.Add(name.ToString());
        return names;
    }
}
