using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>A path into JSON, as PostgREST has it: <c>data-&gt;address-&gt;&gt;city</c>.</summary>
internal static class JsonPathRest
{
    /// <summary>The path.</summary>
    /// <param name="document">The column.</param>
    /// <param name="path">The names and places that lead to the value.</param>
    /// <param name="isText">Whether the value is wanted as text.</param>
    /// <exception cref="NotSupportedException">A name holds what PostgREST gives a meaning to, and has no quotes for.</exception>
    public static string Of(string document, IReadOnlyList<string> path, bool isText)
    {
        var text = document;
        for (var i = 0; i < path.Count; i++)
        {
            // What looks like a number would be taken for a place in an array, also where it is a name.
            if (path[i].Length == 0 || path[i].All(char.IsAsciiDigit) || path[i][0] == '-' || path[i][^1] == '-' || !path[i].All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
            {
                throw RestUnsupported.Of($"The name '{path[i]}' inside of JSON, which is a number, or holds more than letters, digits, _ and -, cannot be asked for");
            }

            text += (isText && i == path.Count - 1 ? "->>" : "->") + path[i];
        }

        return text;
    }
}
