using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>Operands and values as requests over REST have them.</summary>
internal static class RestColumnText
{
    /// <summary>The text of a value, as filters compare with it.</summary>
    public static string TextOf<T>(ColumnCodec<T> codec, T value) => TextsOf(codec, [value])[0];

    public static IReadOnlyList<string> TextsOf<T>(ColumnCodec<T> codec, IEnumerable<T> values)
    {
        var texts = new RestTexts();
        foreach (var value in values)
        {
            codec.Add(texts, value);
        }

        return [.. texts.Values.Select(static text => text!)];
    }
}
