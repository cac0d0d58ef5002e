using System.Runtime.InteropServices;

namespace DualDb.Caching;

/// <summary>Where an entry is found, whatever node and whatever version of the model holds it.</summary>
/// <param name="Subject">The table with its database, or the view.</param>
/// <param name="Kind">The columns it is found by; empty for the key.</param>
/// <param name="Text">Their value.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CacheAddress(string Subject, string Kind, string Text);
