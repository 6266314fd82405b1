app_name = "bottle_mfg"
app_title = "Bottle Mfg"
app_publisher = "bottle_mfg contributors"
app_description = "Runs a water-bottle factory: stock, unit cost and profit, exact at every moment"
app_email = "bottle-mfg@example.com"
app_license = "MIT"
app_logo_url = "/assets/bottle_mfg/images/bottle_mfg.svg"

after_install = "bottle_mfg.install.after_install"
before_uninstall = "bottle_mfg.install.before_uninstall"

after_request = ["bottle_mfg.api.answers.complete"]

export_python_type_annotations = True
require_type_annotated_api_methods = True
