// netstandard2.0 lacks these; the shared source is written for the runtime of today.

namespace System
{
    /// <summary>The compiler looks for it behind patterns of lists.</summary>
    internal readonly struct Index(int value, bool fromEnd)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    [AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
    internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
    {
        public bool ReturnValue { get; } = returnValue;
    }
}

namespace DualDb.Migrations
{
    internal static class TextPolyfills
    {
        // A single character is compared as such everywhere.
        public static int IndexOf(this string text, char character, StringComparison comparison) => text.IndexOf(character.ToString(), comparison);

        public static bool Contains(this string text, char character, StringComparison comparison) => text.IndexOf(character, comparison) >= 0;

        // Without a culture a text is replaced by its characters.
        public static string Replace(this string text, string old, string by, StringComparison comparison) => text.Replace(old, by);

        extension(char)
        {
            public static bool IsAsciiDigit(char character) => character is >= '0' and <= '9';
        }
    }
}
