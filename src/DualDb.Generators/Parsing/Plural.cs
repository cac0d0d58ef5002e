using System;
using System.Collections.Generic;

namespace DualDb.Generators.Parsing;

/// <summary>
/// The English plural of a lower-case word. The rules, first match wins: the irregular and unchanging words below; a word that already
/// looks plural stays; <c>-sis</c> → <c>-ses</c>; a hissing ending takes <c>-es</c>; a consonant and <c>y</c> → <c>-ies</c>; the rest take <c>-s</c>.
/// </summary>
internal static class Plural
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["person"] = "people",
        ["child"] = "children",
        ["man"] = "men",
        ["woman"] = "women",
        ["foot"] = "feet",
        ["tooth"] = "teeth",
        ["mouse"] = "mice",
        ["quiz"] = "quizzes",
        ["leaf"] = "leaves",
        ["shelf"] = "shelves",
        ["half"] = "halves",
        ["life"] = "lives",
        ["knife"] = "knives",
        ["wife"] = "wives",
        ["hero"] = "heroes",
        ["potato"] = "potatoes",
        ["tomato"] = "tomatoes",
        ["criterion"] = "criteria",
        ["gas"] = "gases",
        ["alias"] = "aliases",
        ["bias"] = "biases",
        ["atlas"] = "atlases",
        ["canvas"] = "canvases",
        ["lens"] = "lenses",
    };

    private static readonly HashSet<string> Unchanging = new(StringComparer.Ordinal)
    {
        "data", "metadata", "equipment", "fish", "information", "media", "money", "news", "people", "series", "sheep", "software", "species", "stuff",
        "children", "feet", "men", "mice", "teeth", "women",
    };

    public static string Of(string word)
    {
        if (Irregular.TryGetValue(word, out var irregular))
        {
            return irregular;
        }

        if (Unchanging.Contains(word) || LooksPlural(word))
        {
            return word;
        }

        if (EndsWith(word, "sis"))
        {
            return word.Substring(0, word.Length - 2) + "es";
        }

        if (EndsWith(word, "s") || EndsWith(word, "x") || EndsWith(word, "z") || EndsWith(word, "ch") || EndsWith(word, "sh"))
        {
            return word + "es";
        }

        if (EndsWith(word, "y") && word.Length > 1 && !IsVowel(word[word.Length - 2]))
        {
            return word.Substring(0, word.Length - 1) + "ies";
        }

        return word + "s";
    }

    // `Preferences` names a table that is plural already; `Address`, `Status` and `Basis` end in s as singulars do.
    private static bool LooksPlural(string word)
        => word.Length > 2 && EndsWith(word, "s") && !EndsWith(word, "ss") && !EndsWith(word, "us") && !EndsWith(word, "is");

    private static bool EndsWith(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';
}
