using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>Where a value lies in the bytes of an answer.</summary>
/// <param name="Start">Where it begins, of a string behind its quote.</param>
/// <param name="Length">How many bytes it has, of a string without its quotes.</param>
/// <param name="Token">What JSON holds it for.</param>
/// <param name="IsEscaped">Whether a string holds escapes.</param>
internal readonly record struct CellPlace(int Start, int Length, JsonTokenType Token, bool IsEscaped);
