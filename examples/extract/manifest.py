"""Writes a manifest for the files of extract.py: python3 manifest.py paper.toml digits.toml imported

A manifest of your own is edited by hand: it is paper.toml with an entry [[source]], a preset that
names it, and an entry [[downstream]] for each data set. This script makes those edits."""
import re
import sys

manifest, out, folder = sys.argv[1:]
with open(manifest, encoding="utf-8") as f:
    text = f.read()

begin = text.index("[preset.smoke]")
end = text.index("\n[", begin)
preset = text[begin:end]
for key, value in {
    "label": '"Digits"', "note": '"Small networks of scikit-learn\'s digits, trained in PyTorch."', "judges": "true", "seeds": "2",
    "pretraining": '{ classes = "digits_low", per_class = 90, validation_per_class = 30, test_per_class = 50 }',
    "probe": "{ regularisers = 7, log_low = -3, log_high = 3 }", "similarity": "{ images = 300, minibatch = 100 }",
}.items():
    preset, n = re.subn(rf"(?m)^{key} = .*$", lambda _: f"{key} = {value}", preset)
    assert n == 1, key
preset = re.sub(r'tasks = \[[^]]*\]', 'tasks = ["digits_high"]', preset)
preset += '\nsource = "digits"\ndownstream = ["digits_high", "turned"]\n'

downstream = ""
for id, label, what in [("digits_high", "Digits 6 to 9", "Which of the digits 6 to 9 an image shows."),
                        ("turned", "Quarter turns", "By how many quarters a digit is turned.")]:
    downstream += f'''[[downstream]]
id = "{id}"
label = "{label}"
what = "{what}"
plays = []
why = "A task that the networks were not trained for."
measure = "top1"
shared = []
shared_why = "No class is one of pretraining."

'''

source = f'''
[[source]]
id = "digits"
label = "small networks of scikit-learn's digits"
note = "They were trained in PyTorch by the script examples/extract/extract.py."
path = "{folder}"
setting = "here"
features = "{{objective}}/{{seed}}/{{dataset}}-{{split}}.safetensors"
final = "{{objective}}/{{seed}}/final.safetensors"
activations = "{{objective}}/{{seed}}/{{dataset}}-{{split}}-activations.safetensors"
layers = ["block1", "block2", "block3"]
differs = []
'''

text = text[:begin] + preset + text[end:]
text = text.replace("[[downstream]]", downstream + "[[downstream]]", 1) + source
with open(out, "w", encoding="utf-8") as f:
    f.write(text)
