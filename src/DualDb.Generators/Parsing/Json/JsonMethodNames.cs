using System;
using System.Collections.Generic;
using System.Globalization;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>What follows <c>Write</c> and <c>Read</c> in the names of a codec's methods: <c>OrderLine</c>, <c>OrderLineList</c>.</summary>
internal sealed class JsonMethodNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A name that no other method has.</summary>
    public string Take(string name)
    {
        var candidate = name;
        for (var number = 2; !_taken.Add(candidate); number++)
        {
            candidate = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return candidate;
    }

    /// <summary>The name of what a collection holds.</summary>
    public static string Of(JsonValueSpec value) => (value.IsNullable ? "Nullable" : "") + (value.Method ?? value.Scalar.ToString());

    /// <summary>Whether a text holds half a surrogate pair, which UTF-8 has no bytes for.</summary>
    public static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
